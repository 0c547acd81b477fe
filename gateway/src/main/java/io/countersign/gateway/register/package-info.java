/**
 * The key register: every key version and every enrolled operator, in one sealed file that the running gateway owns.
 * {@link io.countersign.gateway.register.Register} is an immutable snapshot that any thread may read;
 * {@link io.countersign.gateway.register.RegisterFile} reads and writes it and is for one thread, which is not the
 * gateway's: it waits for the disk and the token. {@code docs/register.md} describes the file.
 * <p>
 * The states of a key version (NIST SP 800-57 part 1, section 7):
 * <pre>
 *                      +--------------+ activate          +--------+  another version   +----------+
 *   made, registered --&gt;|  PRE-ACTIVE  |------------------&gt;| ACTIVE |------- active ----&gt;| RETIRING |
 *                      +--------------+                   | signs  |&lt;---- activate -----|          |
 *                         |     |  suspend                +--------+                    +----------+
 *                         |     |     +-------------- suspend |  |                        |    |
 *                         |     v     v                       |  |        suspend         |    |
 *                         |  +-------------+ &lt;----------------+--|------------------------+    |
 *                         |  |  SUSPENDED  |                     |                             |
 *                         |  +-------------+ activate: back to the state before, no other      |
 *                         |     |  revoke                        |  revoke                     | revoke
 *                         |     v                                v                             |
 *                         |  +-------------------------------------+                           |
 *                         +-&gt;|               REVOKED               |&lt;--------------------------+
 *                         |  +-------------------------------------+
 *                 destroy |     |  destroy
 *                         v     v
 *                       +-----------+
 *                       | DESTROYED |   nothing leaves it; the entry stays, its version and id are never free again
 *                       +-----------+
 * </pre>
 * At most one version of an alias is active. The states of an operator:
 * <pre>
 *             +----------+ five wrong codes  +--------+
 *   enroll --&gt;| ENROLLED |------------------&gt;| LOCKED |
 *             |          |&lt;------ unlock -----|        |
 *             +----------+                   +--------+
 *                |    ^                         |
 *         remove |    | enroll anew, with a     | remove
 *                v    | higher TOTP version     v
 *             +---------------------------------------+
 *             |                REMOVED                |
 *             +---------------------------------------+
 * </pre>
 */
package io.countersign.gateway.register;
