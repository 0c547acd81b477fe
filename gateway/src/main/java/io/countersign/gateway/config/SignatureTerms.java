package io.countersign.gateway.config;

import java.util.Set;

/**
 * What a rule says of the signatures that it gives away, beyond the requests they are for.
 *
 * @param logins             how often it has a log-on signed; null when it grants none.
 * @param maxReceiveWindowMs longest time in milliseconds that a venue is asked to take a request for; 0 for as long as
 *                           the venue's profile says.
 * @param acknowledged       what else its signatures are valid for, as the file names it.
 */
public record SignatureTerms(LoginLimit logins, int maxReceiveWindowMs, Set<String> acknowledged)
{
}
