package io.countersign.gateway.config;

import java.util.List;

/**
 * A principal and what it may do; what no rule allows is denied.
 *
 * @param name  as the bot names it in Connect.
 * @param rules asked in order, the first that allows decides.
 */
public record PrincipalConfig(String name, List<RuleConfig> rules)
{
}
