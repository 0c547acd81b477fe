/**
 * PKCS#11: module, sessions, keys, the hot sign call. Knows nothing of orders, venues or transports.
 * <p>
 * The control plane goes through the wrapper's raw functions; the two hot functions are called directly, on session and
 * key handles that the control plane found:
 * <pre>
 *   control plane                                                     hot path
 *   TokenConnector ─▶ CryptokiModule ─▶ TokenSlot ─▶ TokenSession
 *        │                                            (anchor, login)
 *        ├─▶ ProvenLane (signing): TokenSession ─▶ KeyDirectory ─▶ KeyProof ─▶ TokenConnection ─▶ SigningLane
 *        │                                                                       │               └─▶ SignFunctions
 *        ├─▶ ProvenLane (deriving) ... the same ...                              ├─▶ MasterKey
 *        └─▶ ProvenLane (keeping) ... the same, on the connector's thread ...    └─▶ RegisterKey, TokenAnchor,
 *                                                                                    TokenKeys
 * </pre>
 * {@code TokenKeys} and {@code TokenProvisioner} share {@code KeyKeeper}, which makes keys by {@code KeyMaker} and
 * gives them out when they have proven themselves. Keys leave a token by {@code KeyWrapping} and in no other way.
 * <p>
 * Many keys are found and proven on several sessions at once ({@code KeyWork}); which of them is refused does not
 * depend on that.
 * <p>
 * A token is asked for its mechanisms when it is selected ({@code TokenMechanisms}, with the quirks of
 * {@code QuirksFile}), and each key's {@code SigningMethod} is chosen from them for the life of a connection.
 * <p>
 * The states of a connector:
 * <pre>
 *                connect(): module, anchor, login         connect(): session, keys, proof
 *   ┌──────────┐ ───────────────────────────────▶ ┌──────────┐ ─────────────────────▶ ┌─────────────────────┐
 *   │ unopened │                                  │ anchored │                        │ connected, n + 1    │
 *   └──────────┘ ◀─────────────────────────────── └──────────┘ ◀───────────────────── └─────────────────────┘
 *     │      ▲    token or library lost, or the     ▲                connection closed      │ any CKR but OK
 *     │      │    first connect() failed            └───────────────────────────────┐       ▼
 *     │      └─ C_Finalize, next time C_Initialize         close the connection ── lane broken
 *     ▼
 *   PIN refused: every later connect() fails without asking the token
 * </pre>
 * A connection with other keys ({@code connect(keys)}) is made while the earlier ones sign. Keys that have proven
 * themselves in this login are taken as they are, unless a lane has broken since.
 * <p>
 * Connectors to several tokens of one library share its {@code C_Initialize}. A library that is lost
 * ({@code CKR_CRYPTOKI_NOT_INITIALIZED}) is lost to all of them, and is started anew when the last has let go.
 * <p>
 * A lane that saw any error is never used again: its session may hold an unfinished operation, which the next
 * {@code C_Sign} would complete with the wrong key.
 */
package io.countersign.hsm;
