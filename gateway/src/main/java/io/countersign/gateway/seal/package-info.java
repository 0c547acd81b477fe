/**
 * What makes the journal tamper-evident: the Merkle tree over its records (RFC 6962, section 2.1), and checkpoints,
 * which state a tree's root as a signed note. Only arithmetic and text: it knows no file, no token and no thread, so
 * that gateway, verifier and tests compute with the same code.
 * <pre>
 *  record 1    record 2    record 3          leaf hash  = SHA-256(0x00 || record)
 *      │           │           │             node hash  = SHA-256(0x01 || left || right)
 *      └─────┬─────┘           │
 *         H(1,2)             H(3)            frontier of size 3: H(1,2), H(3)
 *            └────────┬────────┘
 *                   root                     what a checkpoint of size 3 states
 * </pre>
 */
package io.countersign.gateway.seal;
