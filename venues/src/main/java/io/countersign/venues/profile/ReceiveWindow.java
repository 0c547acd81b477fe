package io.countersign.venues.profile;

/**
 * How long a venue may take a request.
 *
 * @param defaultMs milliseconds when the bot does not say, or 0 to leave it to the venue.
 * @param maxMs     most milliseconds that the venue takes.
 */
public record ReceiveWindow(int defaultMs, int maxMs)
{
}
