/**
 * Sessions: which principal speaks on which ingress publication, and the handshake in which it proves that it does.
 *
 * <pre>
 *                      control agent, with API keys from the token agent                      gateway agent
 *
 *           Connect           egress connected, API key           Prove fits
 *   (none) ---------&gt; OPENING ---------- Challenge --------&gt; CHALLENGED ----&gt; OPEN -- Disconnect --&gt; (none)
 *                       |                                       |           |  -- gone --------&gt; (none)
 *                       |                                       |           |  -- stop --------&gt; (none)
 *                       |                                       |
 *                       |                                       +-- Prove does not fit, or the principal or the
 *                       |                                       |   API key's version is not valid, or no Prove
 *                       |                                       |   within 5 s: AUTHENTICATION_FAILED, (none)
 *                       +-- no API key from the token within 2 s: TOKEN_UNAVAILABLE, (none)
 *                       +-- gateway stops: GATEWAY_STOPPING, (none)
 *                       +-- egress not connected within 5 s: dropped, (none)
 *
 *   Connect while OPENING or CHALLENGED, Prove unless CHALLENGED: counted as noise, nothing changes.
 *   OPENING and CHALLENGED together are limited in number on each ingress, and so is the rate of API keys that are
 *   derived for it; a Connect above either is counted as noise.
 * </pre>
 *
 * What a Connect claims is not looked up before Prove, and the API key of an unknown principal is derived like any
 * other: neither answers nor times tell which principals and versions there are. A session belongs to the gateway agent
 * from OPEN on. Knows nothing of signing keys, venues or the journal.
 */
package io.countersign.gateway.session;
