package io.countersign.gateway.config;

import java.util.List;

/**
 * A principal and what it may do; what no rule allows is denied.
 *
 * @param name           as the bot names it in Connect.
 * @param apiKeyVersions versions of its API key that are valid; with none, nobody can be this principal.
 * @param rules          asked in order, the first that allows decides.
 */
public record PrincipalConfig(String name, List<Integer> apiKeyVersions, List<RuleConfig> rules)
{
}
