import { problem } from '@/lib/shared/problem'

/** Every other address under the API: a refusal a program can read. */
export async function GET(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  return problem(
    404,
    `There is nothing at ${pathname.slice(0, 100)}. The API is described at /api/v1/openapi.json.`,
  )
}
