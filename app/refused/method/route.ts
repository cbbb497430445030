import { refuse } from '@/app/_doors/answer'

/** What a form or a program gets that would change a page: a sentence and 405. */
export async function POST(request: Request): Promise<Response> {
  const answer = refuse(request, 405, 'This address can only be read. Ask for it with GET.')
  answer.headers.set('Allow', 'GET, HEAD')
  return answer
}

export const PUT = POST
export const PATCH = POST
export const DELETE = POST
