/*
 * form[data-filing]: what holds, and how far, follows from what the claim says and from the
 * answer, as the server reads them; a choice that a person made stays. For a denial nothing is
 * chosen for the person but what a yes or a no makes plain.
 *
 * <form data-filing data-says="denies"> or with radios [name=says]; answers are options or radios
 * [name=position] with data-reads="asserts|denies|"; [name=stance], [name=extent] are radios.
 * Options of [name=relation] with data-of-facts are for factual claims; [data-no-evidence] says why.
 */

const STANCES = { asserts: 'rejects', denies: 'holds' };

function says(form) {
  return form.querySelector('[name="says"]:checked')?.value ?? form.dataset.says ?? '';
}

/** The answer that is chosen: its data-reads, or null where none is. */
function chosen(form) {
  const found = form.querySelector('[name="position"]:checked, select[name="position"] option:checked');
  return found?.value ? (found.dataset.reads ?? '') : null;
}

function set(form, name, value) {
  for (const radio of form.querySelectorAll(`[name="${name}"]`)) {
    if (radio.dataset.touched === undefined) radio.checked = radio.value === value;
  }
}

/** What only a factual claim can do to another is chosen by nobody for another kind. */
function limit(form, factual) {
  const reason = form.querySelector('[data-no-evidence]');
  if (reason) reason.hidden = factual;
  const { relation } = form.elements;
  for (const option of relation?.querySelectorAll?.('[data-of-facts]') ?? []) option.disabled = !factual;
  if (relation?.selectedOptions?.[0]?.disabled) relation.value = 'responds_to';
}

function follow(form) {
  const reads = chosen(form);
  const said = says(form);
  const factual = said === 'asserts' || said === 'denies';
  const answering = form.querySelector('fieldset.answering');
  if (answering && said) answering.disabled = !factual; // an opinion or a demand answers nothing
  limit(form, factual);
  if (reads === null || !factual) return;
  set(form, 'stance', said === 'asserts' ? 'holds' : STANCES[reads]);
  set(form, 'extent', said === 'asserts' && reads !== 'denies' ? 'fully' : undefined);
}

document.addEventListener('change', (event) => {
  const form = event.target.closest?.('form[data-filing]');
  if (!form) return;
  const { name } = event.target;
  if (name === 'stance' || name === 'extent') {
    for (const radio of form.querySelectorAll(`[name="${name}"]`)) radio.dataset.touched = '';
  } else if (name === 'position' || name === 'says') {
    follow(form);
  }
});
