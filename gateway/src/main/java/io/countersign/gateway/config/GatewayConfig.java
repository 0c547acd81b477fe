package io.countersign.gateway.config;

import io.countersign.hsm.KeySpec;

import java.nio.file.Path;
import java.util.List;

/**
 * The whole configuration, checked.
 *
 * @param file                    where it was read from.
 * @param text                    the text as read, and behind it the profiles of the directory {@code venue-profiles}
 *                                where there is one; the journal keeps it.
 * @param sha256                  of the text's UTF-8 bytes.
 * @param ingresses               in file order, 1 to 8; an ingress's position is its index everywhere.
 * @param journalDirectory        directory of the audit journal.
 * @param idle                    idle mode of the gateway thread.
 * @param maxSessions             most sessions at one time, but for operators.
 * @param maxSessionsPerPrincipal most sessions of one principal at one time.
 * @param maxInFlight             most requests of one session in hand.
 * @param idleTimeoutMs           silence of a bot after which its session is closed, in milliseconds.
 * @param token                   the token.
 * @param masterKey               that the bots' API keys are derived with.
 * @param accessTokens            how access tokens are checked, or null: none is taken.
 * @param keys                    in file order; a key's position is its index everywhere.
 * @param policyFile              the policy: who may have what signed.
 */
public record GatewayConfig(
    Path file,
    String text,
    byte[] sha256,
    List<IngressConfig> ingresses,
    Path journalDirectory,
    IdleMode idle,
    int maxSessions,
    int maxSessionsPerPrincipal,
    int maxInFlight,
    int idleTimeoutMs,
    TokenConfig token,
    KeySpec masterKey,
    AccessIssuerConfig accessTokens,
    List<KeyConfig> keys,
    Path policyFile)
{
}
