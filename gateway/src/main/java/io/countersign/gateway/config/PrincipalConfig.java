package io.countersign.gateway.config;

import io.countersign.gateway.policy.Command;

import java.util.List;
import java.util.Set;

/**
 * A principal and what it may do; what no rule allows is denied. Its roles are merged into it.
 *
 * @param name           as the bot names it in Connect.
 * @param commands       that it may give; empty unless it is an operator.
 * @param apiKeyVersions versions of its API key that are valid; with none, nobody can be this principal.
 * @param sources        it may come from; with none, every ingress without addresses.
 * @param expiresNs      UTC nanoseconds since 1970 at which it ends, {@link Long#MAX_VALUE} for never.
 * @param schedule       days and hours, or null for always.
 * @param accessToken    that it presents, or null for none.
 * @param messages       rate of its requests, or null for no limit.
 * @param limits         on its new orders together.
 * @param rules          asked in order, the first that an order fits decides.
 */
public record PrincipalConfig(
    String name,
    Set<Command> commands,
    List<Integer> apiKeyVersions,
    List<SourceConfig> sources,
    long expiresNs,
    Schedule schedule,
    AccessTokenConfig accessToken,
    MessageLimit messages,
    List<WindowLimit> limits,
    List<RuleConfig> rules)
{
    /**
     * Whether this is an operator: it may give commands, and no rule lets it have anything signed.
     *
     * @return true for an operator.
     */
    public boolean isOperator()
    {
        return !commands.isEmpty();
    }
}
