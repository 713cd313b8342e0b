/** Short texts, each whole on a line of its own: a name is never broken. */
export function Lines({ texts }: { texts: string[] }) {
  return (
    <>
      {texts.map((text) => (
        <div key={text} className="mh-nowrap">
          {text}
        </div>
      ))}
    </>
  );
}
