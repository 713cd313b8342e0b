export default function BlocksPage() {
  return null;
}
