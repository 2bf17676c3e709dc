// The operator's commands: each requires a reason, and those that move money a confirmation.
const byId = id => document.getElementById(id);

const commands = {
  halt: { title: 'Halt trading', text: 'No new orders; open orders are cancelled; positions stay.', go: 'Halt' },
  resume: { title: 'Resume trading', text: 'The agent trades again within its limits.', go: 'Resume' },
  flatten: {
    title: 'Flatten', text: 'Trading halts, open orders are cancelled, positions are closed at market.', go: 'Flatten',
    sure: 'I want the position closed at market',
  },
};

// `portfolios` returns the ids; with more than one, the dialog asks which one a command is for, and offers all first.
export function wireControls(done, portfolios) {
  byId('signOut').addEventListener('click', async () => {
    const answer = await fetch('/signout', { method: 'POST', signal: AbortSignal.timeout(4000) });
    if (answer.ok || answer.status === 401) location.assign('/signin');
  });
  for (const [name, command] of Object.entries(commands)) {
    byId(name).addEventListener('click', () => askOperator({ ...command, path: `control/${name}`, body: {}, scopes: portfolios() }, done));
  }
}

// Asks for the reason and, with `sure`, for a confirmation; then posts body and reason to the path and shows any error.
export function askOperator({ title, text, go, sure, path, body, scopes = [] }, done) {
  const dialog = byId('ask'), form = dialog.querySelector('form'), tick = byId('askSure');
  byId('askTitle').textContent = title;
  byId('askText').textContent = text;
  byId('askGo').textContent = go;
  byId('askReason').value = '';
  byId('askError').textContent = '';
  byId('askCancel').textContent = 'Cancel';
  byId('askScopeRow').hidden = scopes.length < 2;
  byId('askScope').replaceChildren(...['all portfolios', ...scopes].map((name, i) => new Option(name, i === 0 ? '' : name)));
  byId('askSureRow').hidden = !sure;
  byId('askSureText').textContent = sure ?? '';
  tick.checked = false;
  tick.required = !!sure;
  byId('askCancel').onclick = () => dialog.close();
  form.onsubmit = async e => {
    e.preventDefault();
    byId('askGo').disabled = true;
    byId('askError').textContent = await send(path, { ...body, reason: byId('askReason').value, ...(byId('askScope').value && { portfolio: byId('askScope').value }) });
    byId('askGo').disabled = false;
    byId('askCancel').textContent = 'Close';
    if (byId('askError').textContent === '') dialog.close();
    done();
  };
  dialog.showModal();
  byId('askReason').focus();
}

// Returns an empty text on success, otherwise the error.
async function send(path, body) {
  try {
    const answer = await fetch(`/api/v1/${path}`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), signal: AbortSignal.timeout(30000),
    });
    if (answer.status === 202) return (await answer.json()).pending;
    if (answer.ok) return '';
    const problem = await answer.json().catch(() => ({}));
    return problem.detail ?? `the agent answered ${answer.status}`;
  } catch (e) {
    return `No answer (${e.message}): the outcome is unknown. Check the state above, then try again.`;
  }
}
