// @ts-check

/**
 * Asks the door of a form, as it is filled in. A refusal, and a door that cannot be reached, come back as `detail`.
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} submitter
 * @returns {Promise<{ ok: boolean, location?: string, following?: boolean, signIn?: string, field?: string, detail: string }>}
 */
export async function askDoor(form, submitter) {
  try {
    const answer = await fetch(submitter?.getAttribute('formaction') ?? form.action, {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: new FormData(form, submitter),
    })
    return { detail: 'That did not work. Try again.', ...(await answer.json()), ok: answer.ok }
  } catch {
    const detail = 'Greenlit could not be reached. Check your connection and try again.'
    return { ok: false, detail }
  }
}
