import { openApi } from '@/lib/feeds/openapi'
import { replyJson } from '@/lib/shared/problem'
import { siteUrl } from '@/lib/shared/site'

/** The description of this API. */
export async function GET(request: Request): Promise<Response> {
  return replyJson(request, openApi(siteUrl()))
}
