export type RestAnswer = { status: number; body?: unknown };

export function restError(status: number, code: string, message: string): RestAnswer {
  return { status, body: { error: { code, message } } };
}
