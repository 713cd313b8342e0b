declare const __APP_VERSION__: string;

/** Lines of `code name` of the communes, by the first letter of the name (dev/communes.mjs). */
declare module 'virtual:communes' {
  const letters: Partial<Record<string, () => Promise<{ default: string }>>>;
  export default letters;
}
