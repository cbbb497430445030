// @ts-check
// Starts what a page names with data-island: its own part of public/islands, called once with the element.
if (document.readyState === 'loading')
  await new Promise((parsed) => document.addEventListener('DOMContentLoaded', parsed, { once: true }))
for (const element of document.querySelectorAll('[data-island]')) {
  if (element instanceof HTMLElement)
    import(`./${element.dataset.island}.js`).then((island) => island.start(element))
}
if (document.querySelector('form[data-door]')) import('./doors.js').then((doors) => doors.start())

export {}
