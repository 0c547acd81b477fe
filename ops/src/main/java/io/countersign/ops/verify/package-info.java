/**
 * {@code countersign audit verify}, {@code prove}, {@code verify-proof} and {@code consistency}: whether a journal is
 * what the gateway wrote. Offline, read-only, without a token unless one is asked for.
 * <pre>
 *  JournalReader ── records ──▶ JournalVerifier ──▶ TreeCheck      leaves, frontier, root at any late size
 *        │                            │      ├────▶ LifeCheck      lives, times, policies
 *        │                            │      ├────▶ RequestCheck   intents and outcomes ──▶ SignaturePool (all cores)
 *        │                            │      └────▶ SealCheck      Seal records, keys in force ──▶ SignaturePool
 *        └── bytes that are no record, CheckpointStream ──▶ Report (findings in order of sequence)
 * </pre>
 */
package io.countersign.ops.verify;
