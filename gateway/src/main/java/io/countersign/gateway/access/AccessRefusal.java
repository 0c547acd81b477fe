package io.countersign.gateway.access;

/**
 * An access token that does not hold.
 *
 * @param why at most 254 bytes of ASCII; names claims and header parameters and holds nothing else of the access token.
 */
public record AccessRefusal(String why) implements AccessDecision
{
}
