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
 * @param journal                 what a record survives before anybody is told of it.
 * @param idle                    idle mode of the gateway thread.
 * @param maxSessions             most sessions at one time, but for operators.
 * @param maxSessionsPerPrincipal most sessions of one principal at one time.
 * @param maxInFlight             most requests of one session in hand.
 * @param idleTimeoutMs           silence of a bot after which its session is closed, in milliseconds.
 * @param tokens                  in file order, 1 to 16; a token's position is its index everywhere.
 * @param masterKey               that the bots' API keys are derived with.
 * @param masterKeyToken          name of the token that has it.
 * @param accessTokens            how access tokens are checked, or null: none is taken.
 * @param register                where the key register is, or null: the configuration names every key version.
 * @param audit                   how the journal is sealed, or null: it is not.
 * @param keys                    in file order; a key's position is its index everywhere.
 * @param policyFile              the policy: who may have what signed.
 */
public record GatewayConfig(
    Path file,
    String text,
    byte[] sha256,
    List<IngressConfig> ingresses,
    Path journalDirectory,
    JournalConfig journal,
    IdleMode idle,
    int maxSessions,
    int maxSessionsPerPrincipal,
    int maxInFlight,
    int idleTimeoutMs,
    List<TokenConfig> tokens,
    KeySpec masterKey,
    String masterKeyToken,
    AccessIssuerConfig accessTokens,
    RegisterConfig register,
    AuditConfig audit,
    List<KeyConfig> keys,
    Path policyFile)
{
    /**
     * The token that has the master key.
     *
     * @return one of the tokens.
     */
    public TokenConfig masterToken()
    {
        return tokens.stream().filter((token) -> token.name().equals(masterKeyToken)).findFirst().orElseThrow();
    }

    /**
     * The keys that a token has, as far as the configuration says so itself.
     *
     * @param token one of the tokens.
     * @return its keys, in file order; none of the register's.
     */
    public List<KeyConfig> keysIn(final TokenConfig token)
    {
        return keys.stream().filter((key) -> !key.isRegistered() && key.token().equals(token.name())).toList();
    }

    /**
     * The same with other keys.
     *
     * @param next in the same order, with the same aliases.
     * @return another.
     */
    public GatewayConfig withKeys(final List<KeyConfig> next)
    {
        return new GatewayConfig(
            file, text, sha256, ingresses, journalDirectory, journal, idle, maxSessions, maxSessionsPerPrincipal,
            maxInFlight, idleTimeoutMs, tokens, masterKey, masterKeyToken, accessTokens, register, audit,
            List.copyOf(next), policyFile);
    }

    /**
     * The tokens that no key names, nor the master, register or audit key.
     *
     * @return the tokens, in file order.
     */
    public List<TokenConfig> unusedTokens()
    {
        return tokens.stream()
            .filter((token) -> keysIn(token).isEmpty() && !token.name().equals(masterKeyToken) &&
                (null == register || !token.name().equals(register.token())) &&
                (null == audit || !token.name().equals(audit.token()))).toList();
    }
}
