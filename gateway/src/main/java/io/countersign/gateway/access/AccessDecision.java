package io.countersign.gateway.access;

/**
 * What was made of an access token.
 */
public sealed interface AccessDecision permits AccessGrant, AccessRefusal
{
}
