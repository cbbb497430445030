export default function Home() {
  return <h1>Greenlit</h1>
}
