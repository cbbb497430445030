import { refuse } from '@/app/_doors/answer'

/** What an address that cannot be read gets: a sentence and 400. */
export async function GET(request: Request): Promise<Response> {
  return refuse(
    request,
    400,
    'This is no address of this site: it has a broken percent sign, a control character, or a part of more than 200 characters.',
  )
}

export const POST = GET
