import { executorOf, executorTitle, type ExecutorKey } from '../../../contract';
import { markup, type Markup } from './markup';

/** Which colour is which executor; `rest` names what is left over. */
export function legend(names: readonly ExecutorKey[], rest?: string): Markup {
  const item = (name: string, title: string): Markup => markup`<li><i class="dot ${name}"></i>${title}</li>`;
  return markup`<ul class="legend">${names.map((name) => item(executorOf(name), executorTitle(name)))}${rest === undefined ? null : item('other', rest)}</ul>`;
}
