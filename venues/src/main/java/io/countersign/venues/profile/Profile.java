package io.countersign.venues.profile;

import io.countersign.venues.Binding;
import io.countersign.venues.KeyRule;
import io.countersign.venues.NonceRule;
import io.countersign.venues.PassphraseUse;
import io.countersign.venues.VenueParameter;

import java.util.List;

/**
 * A venue as a profile describes it. What its elements say was read, but only {@link ProfileCompiler} checks whether
 * they go together.
 *
 * @param at            where the profile begins.
 * @param name          that configuration uses.
 * @param title         for people.
 * @param sources       what the profile was written from.
 * @param hosts         of the venue, at least one.
 * @param binding       what signatures bind unless an operation says otherwise.
 * @param scheme        {@link #PROFILE_SCHEME}, or the name of a {@link CodeScheme}.
 * @param keys          what keys the venue takes.
 * @param passphrase    whether keys have one.
 * @param parameters    what configuration fixes for each key.
 * @param nonce         the number in each request.
 * @param receiveWindow how long the venue may take a request; null when that cannot be said.
 * @param operations    each once.
 */
public record Profile(
    Position at,
    String name,
    String title,
    List<String> sources,
    List<String> hosts,
    Binding binding,
    String scheme,
    List<KeyRule> keys,
    PassphraseUse passphrase,
    List<VenueParameter> parameters,
    NonceRule nonce,
    ReceiveWindow receiveWindow,
    List<ProfileOperation> operations)
{
    /** The scheme of a venue whose requests are written as its profile says. */
    public static final String PROFILE_SCHEME = "profile";
}
