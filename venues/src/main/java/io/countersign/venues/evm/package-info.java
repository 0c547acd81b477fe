/**
 * What chains of the Ethereum kind have in common: Keccak-256, EIP-712, RLP, and signatures on secp256k1 in the form
 * that they take.
 * <pre>
 *   RecoverableSignature ─▶ FixedBaseTable (of G, and of each Secp256k1Key) ─▶ JacobianPoint ─▶ FieldArithmetic
 *                        └▶ ScalarArithmetic, ModularInverse
 * </pre>
 * The arithmetic on the curve only ever sees what is public, signatures, digests and public keys, so its time may
 * depend on it. Private keys stay in the token.
 */
package io.countersign.venues.evm;
