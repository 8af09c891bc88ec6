import type {
  ActionRequest,
  BlockRequest,
  Change,
  ChatState,
  ClickRequest,
  Dialog,
  Found,
  OpenRequest,
  SayRequest,
  SearchRequest,
  SubmitRequest,
  TabTokenRequest,
  TaskRequest,
  Told,
} from '../types.js';

const base = '/sandbox/api/';

async function post<Answer>(name: string, body: unknown): Promise<Answer> {
  const response = await fetch(base + name, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Answer & { error?: string };
  if (!response.ok) throw new Error(answer.error ?? `${name}: ${response.status}`);
  return answer;
}

export const api = {
  state: async (): Promise<ChatState> => (await fetch(`${base}state`)).json(),
  say: (request: SayRequest) => post<Told>('say', request),
  click: (request: ClickRequest) => post<Told>('click', request),
  submit: (request: SubmitRequest) => post<Told>('submit', request),
  search: (request: SearchRequest) => post<Found>('search', request),
  action: (request: ActionRequest) => post<Dialog>('action', request),
  task: (request: TaskRequest) => post<Dialog>('task', request),
  open: (request: OpenRequest) => post<object>('open', request),
  tabToken: (request: TabTokenRequest) => post<{ token: string }>('tab-token', request),
  reset: () => post<object>('reset', {}),
  block: (request: BlockRequest) => post<object>('block', request),
};

/** Calls back with every change. After a lost connection `onAgain` says that something may have been missed. */
export function listen(onChange: (change: Change) => void, onLine: (isUp: boolean, isAgain: boolean) => void): void {
  const source = new EventSource(`${base}events`);
  let opened = 0;
  source.onopen = () => onLine(true, opened++ > 0);
  source.onerror = () => onLine(false, false);
  source.onmessage = ({ data }) => onChange(JSON.parse(String(data)) as Change);
}
