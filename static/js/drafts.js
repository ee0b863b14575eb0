// Drafts of any <form data-draft="kind" data-draft-user="ref">, kept on this phone only (IndexedDB).
// Several at once for each kind; 72 hours; gone once sent, and all gone at sign-out. Nothing else reads them.
// A page without data-draft-user (the blank form, opened without signal) writes for whoever used this phone last, as
// portal.js notes on every page of somebody signed in, and shows what they wrote there and nothing else.
// With data-draft-continue="/visits/log/" the form itself is never sent: its button goes there, to the real form.
// data-draft-title names the draft where the form holds no institution.

const HOURS = 72
const NEVER_KEPT = new Set(['csrfmiddlewaretoken', 'draft_id'])
const LAST_USER = 'portal-last-user'
const WRITTEN_HERE = 'portal-written-here'

const base = new Promise((resolve, reject) => {
  const request = indexedDB.open('portal', 1)
  request.onupgradeneeded = () => request.result.createObjectStore('drafts', { keyPath: 'id' })
  request.onsuccess = () => resolve(request.result)
  request.onerror = () => reject(request.error)
})

async function store (mode, work) {
  const transaction = (await base).transaction('drafts', mode)
  return new Promise((resolve, reject) => {
    const request = work(transaction.objectStore('drafts'))
    transaction.oncomplete = () => resolve(request.result)
    transaction.onerror = () => reject(transaction.error)
  })
}

const put = (draft) => store('readwrite', (drafts) => drafts.put(draft))
const remove = (id) => store('readwrite', (drafts) => drafts.delete(id))

// What is still good, newest first; what is too old goes.
async function all () {
  const drafts = await store('readonly', (kept) => kept.getAll())
  const fresh = drafts.filter((draft) => Date.now() - draft.at < HOURS * 3600e3)
  await Promise.all(drafts.filter((draft) => !fresh.includes(draft)).map((draft) => remove(draft.id)))
  return fresh.sort((a, b) => b.at - a.at)
}

async function forget () {
  await store('readwrite', (drafts) => drafts.clear())
  localStorage.removeItem(LAST_USER)
  sessionStorage.clear()
}

// What was written for nobody (no one had signed in on this phone) is offered again to the tab that wrote it.
const writtenHere = () => JSON.parse(sessionStorage.getItem(WRITTEN_HERE) || '[]')
const noteWrittenHere = (id) => sessionStorage.setItem(WRITTEN_HERE, JSON.stringify([...new Set([...writtenHere(), id])]))
const owns = (user, draft) => draft.user ? draft.user === user : !user || writtenHere().includes(draft.id)

function randomId () {
  if (crypto.randomUUID) return crypto.randomUUID()
  const digits = [...crypto.getRandomValues(new Uint8Array(16))]
  digits[6] = (digits[6] & 15) | 64
  digits[8] = (digits[8] & 63) | 128
  return digits.map((n, i) => ([4, 6, 8, 10].includes(i) ? '-' : '') + n.toString(16).padStart(2, '0')).join('')
}

function isKept (form, [name, value]) {
  return typeof value === 'string' && !NEVER_KEPT.has(name) && form.elements[name]?.type !== 'password'
}

// What this draft is called in the list: as the page says, or the institution, as chosen or as typed.
function title (form) {
  if (form.dataset.draftTitle) return form.dataset.draftTitle
  const chosen = form.elements.institution
  if (chosen?.selectedOptions) return chosen.value ? chosen.selectedOptions[0].text : ''
  if (chosen?.length) return form.querySelector('[name=institution]:checked')?.labels[0]?.textContent.trim() || ''
  return form.elements.institution_text?.value || ''
}

// Put kept values back; return those that this form has no place for.
function fill (form, values) {
  const unplaced = []
  const touched = new Set()
  for (const [name, value] of values) {
    const found = form.elements[name]
    if (!found) {
      if (value.trim()) unplaced.push([name, value])
      continue
    }
    for (const control of found.tagName ? [found] : found) {
      if (control.type === 'radio' || control.type === 'checkbox') {
        if (control.value === value) control.checked = true
      } else if (control.type !== 'hidden') control.value = value
      touched.add(control)
    }
  }
  for (const control of touched) control.dispatchEvent(new Event('change', { bubbles: true }))
  return unplaced
}

const about = (text) => Object.assign(document.createElement('span'), { className: 'govuk-visually-hidden', textContent: ' ' + text })

function button (word, text, act) {
  const button = document.createElement('button')
  Object.assign(button, { type: 'button', className: 'portal-link-button govuk-body govuk-!-margin-bottom-0', textContent: word })
  button.append(about(text))
  button.addEventListener('click', act)
  return button
}

// One draft in a list: what it is called, how one goes on with it, and a button that deletes it.
function row (draft, words, goOn, deleted) {
  const row = document.createElement('li')
  const name = document.createElement('bdi')
  const when = new Date(draft.at).toLocaleString(document.documentElement.lang, { weekday: 'long', hour: '2-digit', minute: '2-digit', hour12: false })
  name.textContent = `${draft.title || words.untitled}, ${when}`
  row.append(name, goOn(name.textContent), button(words.delete, name.textContent, async () => { await remove(draft.id); await deleted() }))
  return row
}

// Without a signal the server cannot say what time it is; the phone can.
function fillNow (form) {
  const now = new Date()
  const two = (number) => String(number).padStart(2, '0')
  const values = { on_0: now.getDate(), on_1: now.getMonth() + 1, on_2: now.getFullYear(), starts: two(now.getHours()) + ':' + two(now.getMinutes()) }
  for (const [name, value] of Object.entries(values)) {
    const control = form.elements[name]
    if (control && !control.value) control.value = value
  }
}

class Drafts {
  constructor (form, panel, status) {
    Object.assign(this, { form, panel, status, kind: form.dataset.draft, words: panel.dataset })
    this.blank = !form.dataset.draftUser
    this.user = form.dataset.draftUser || localStorage.getItem(LAST_USER) || ''
    this.field = form.elements.draft_id || this.addField()
    this.dirty = false
  }

  addField () {
    const field = document.createElement('input')
    Object.assign(field, { type: 'hidden', name: 'draft_id' })
    return this.form.appendChild(field)
  }

  async start () {
    // A page that came back with errors goes on with the draft that was sent.
    const key = 'draft-' + this.kind
    const sent = sessionStorage.getItem(key)
    sessionStorage.removeItem(key)
    const again = document.querySelector('.govuk-error-summary')
    this.field.value ||= (again && sent) || randomId()
    const note = () => { this.dirty = true; clearTimeout(this.timer); this.timer = setTimeout(() => this.save(), 400) }
    this.form.addEventListener('input', note)
    this.form.addEventListener('change', (event) => event.isTrusted && note())
    this.form.addEventListener('submit', (event) => this.submit(event, key))
    addEventListener('pagehide', () => this.dirty && this.keep())
    document.addEventListener('visibilitychange', () => document.hidden && this.dirty && this.keep())
    if (this.blank) fillNow(this.form)
    await this.list()
  }

  keep () {
    clearTimeout(this.timer)
    this.dirty = false
    if (!this.user) noteWrittenHere(this.field.value)
    const values = [...new FormData(this.form)].filter((entry) => isKept(this.form, entry))
    const path = this.form.dataset.draftContinue || location.pathname + location.search
    return put({ id: this.field.value, kind: this.kind, user: this.user, blank: this.blank, at: Date.now(), title: title(this.form), path, values })
  }

  async save () {
    await this.keep()
    this.say(navigator.onLine ? this.words.saved : this.words.offline)
  }

  submit (event, key) {
    sessionStorage.setItem(key, this.field.value)
    const kept = this.keep()
    const next = this.form.dataset.draftContinue
    if (navigator.onLine && !next) return
    event.preventDefault()
    event.stopImmediatePropagation()
    kept.then(() => next ? this.goOn(next) : this.say(this.words.held, true))
  }

  // A phone may think that it is online where nothing comes through; then the kept page would only load again.
  async goOn (next) {
    const asked = { method: 'HEAD', cache: 'no-store', redirect: 'manual', signal: AbortSignal.timeout(8000) }
    const comesThrough = navigator.onLine && await fetch(next, asked).then(() => true, () => false)
    if (comesThrough) location.assign(next)
    else this.say(this.words.waiting, true)
  }

  say (text, held = false) {
    this.status.textContent = text
    this.status.classList.toggle('portal-status--held', held)
    if (held) this.status.scrollIntoView({ block: 'center' })
  }

  isMine (draft) {
    return owns(this.user, draft) && draft.kind === this.kind && draft.id !== this.field.value && (draft.blank || !this.blank)
  }

  async list () {
    const mine = (await all()).filter((draft) => this.isMine(draft))
    this.panel.hidden = mine.length === 0
    this.panel.querySelector('[data-drafts-heading]').textContent = mine.length === 1 ? this.words.one : this.words.many.replace('{n}', mine.length)
    this.panel.querySelector('ul').replaceChildren(...mine.map((draft) => this.row(draft)))
  }

  row (draft) {
    return row(draft, this.words, (text) => button(this.words.open, text, () => this.open(draft)), () => this.list())
  }

  async open (draft) {
    if (this.dirty) await this.keep()
    this.form.reset()
    this.field.value = draft.id
    if (!this.user) noteWrittenHere(draft.id)
    const unplaced = fill(this.form, draft.values)
    this.say(this.words.opened)
    for (const [name, value] of unplaced) this.place(name, value)
    await this.list()
    this.form.querySelector('input:not([type=hidden]), select, textarea')?.focus()
  }

  // What was typed into a box that this form lacks (the institution, on the blank form) is shown as text.
  place (name, value) {
    const spot = document.querySelector(`[data-draft-hint="${CSS.escape(name)}"]`)
    if (!spot) return this.status.append(document.createElement('br'), `${this.words.unplaced} ${value}`)
    spot.textContent = `${this.words.unplaced} ${value}`
    spot.hidden = false
  }
}

for (const element of document.querySelectorAll('[data-clear-draft]')) {
  if (element.dataset.clearDraft) await remove(element.dataset.clearDraft)
}

for (const form of document.querySelectorAll('form[data-signout]')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    forget().catch(() => {}).finally(() => form.submit())
  })
}

const form = document.querySelector('form[data-draft]')
const panel = document.querySelector('[data-drafts]')
if (form && panel) await new Drafts(form, panel, document.getElementById('draft-status')).start()

// Where drafts are not written: how many there are, and, where the page has a list, the way to each.
const count = document.querySelector('[data-draft-count]')
async function showCount () {
  const { draftUser: user, one, many, open } = count.dataset
  const kept = (await all()).filter((draft) => !user || owns(user, draft))
  count.hidden = kept.length === 0
  const heading = count.querySelector('[data-drafts-heading]') || count
  heading.textContent = kept.length === 1 ? one : many.replace('{n}', kept.length)
  const link = (draft) => (text) => {
    const link = Object.assign(document.createElement('a'), { className: 'govuk-link govuk-body govuk-!-margin-bottom-0', href: draft.path || '/', textContent: open })
    link.append(about(text))
    return link
  }
  count.querySelector('ul')?.replaceChildren(...kept.map((draft) => row(draft, count.dataset, link(draft), showCount)))
}
if (count) await showCount()
