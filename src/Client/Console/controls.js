// Halt, resume and flatten: each asks for a reason, and flatten asks twice.
const byId = id => document.getElementById(id);

const commands = {
  halt: ['Halt trading', 'No new orders; open orders are cancelled; positions stay.', 'Halt'],
  resume: ['Resume trading', 'The agent trades again within its limits.', 'Resume'],
  flatten: ['Flatten', 'Trading halts, open orders are cancelled, positions are closed at market.', 'Flatten'],
};

export function wireControls(done) {
  for (const command of Object.keys(commands)) byId(command).addEventListener('click', () => ask(command, done));
}

function ask(command, done) {
  const [title, text, go] = commands[command];
  const dialog = byId('ask'), form = dialog.querySelector('form'), sure = byId('askSure');
  byId('askTitle').textContent = title;
  byId('askText').textContent = text;
  byId('askGo').textContent = go;
  byId('askReason').value = '';
  byId('askError').textContent = '';
  byId('askSureRow').hidden = command !== 'flatten';
  sure.checked = false;
  sure.required = command === 'flatten';
  byId('askCancel').onclick = () => dialog.close();
  form.onsubmit = async e => {
    e.preventDefault();
    byId('askGo').disabled = true;
    byId('askError').textContent = await send(command, byId('askReason').value);
    byId('askGo').disabled = false;
    if (byId('askError').textContent === '') { dialog.close(); done(); }
  };
  dialog.showModal();
  byId('askReason').focus();
}

// Empty when the agent did it; else what went wrong.
async function send(command, reason) {
  try {
    const answer = await fetch(`/api/v1/control/${command}`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ reason }), signal: AbortSignal.timeout(10000),
    });
    if (answer.ok) return '';
    const problem = await answer.json().catch(() => ({}));
    return problem.detail ?? `the agent answered ${answer.status}`;
  } catch (e) {
    return `No answer (${e.message}): whether it was done is unknown. Look at the state above, then try again.`;
  }
}
