/** The nonce that the server gave this page: the browser takes no style that is written into it without. */
export function pageNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
}
