package io.countersign.gateway.config;

import io.countersign.venues.Scope;

import java.util.Set;

/**
 * Which access token a principal presents.
 *
 * @param subject     that the access token must name.
 * @param requiredFor scopes that are refused while no access token in force grants them.
 */
public record AccessTokenConfig(String subject, Set<Scope> requiredFor)
{
}
