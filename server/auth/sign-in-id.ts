// Names one browser's sign-in; random, and worthless without the signed token that carries it.
declare const signInBrand: unique symbol;
export type SignInId = string & { readonly [signInBrand]: true };

export function signInId(text: string): SignInId {
  return text as SignInId;
}
