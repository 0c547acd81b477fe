/**
 * Hyperliquid's L1 actions, as hyperliquid-python-sdk signs them and its tests publish them.
 * <pre>
 *   Order ─▶ ActionFields ─┬▶ JsonWriter ─────────────────────────────▶ body: {"action": ..., "nonce": ..., ...
 *                          └▶ MessagePackWriter ─▶ ActionDigest ─▶ payload ─▶ (token) ─▶ RecoverableSignature
 *                                                                                              │
 *                                             body: ... "signature": {"r": ..., "s": ..., "v": ...}}
 * </pre>
 * The venue reads the JSON, writes the MessagePack of what it read, and recovers the signer from the signature: a
 * difference between the two forms makes it a request of an account that does not exist. Both are written by one walk
 * over the same fields, and numbers and ids have one form only.
 * <p>
 * Binding: the action with network, nonce, vault and expiry, so everything. Keys should be those of agents ("API
 * wallets"), which cannot withdraw. Not used by this package, and so never signed, is what users sign themselves
 * (transfers, withdrawals, approval of agents).
 */
package io.countersign.venues.hyperliquid;
