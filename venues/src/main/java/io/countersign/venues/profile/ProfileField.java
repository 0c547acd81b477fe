package io.countersign.venues.profile;

import java.util.List;

/**
 * A field of an operation.
 *
 * @param at          where it stands in the profile.
 * @param name        at the venue.
 * @param constant    its value where that is always the same, else null.
 * @param value       its value from the order, the gateway or the key; null when it is a constant or made of parts.
 * @param parts       what its value is made of, else null.
 * @param isRequired  whether the order must have it.
 * @param requiredFor order types that must have it.
 * @param onlyFor     order types that may have it.
 * @param json        what it is in JSON.
 */
public record ProfileField(
    Position at,
    String name,
    String constant,
    FieldValue value,
    List<Part> parts,
    boolean isRequired,
    int requiredFor,
    int onlyFor,
    JsonType json)
{
    /**
     * Whether the field can be written only after the token has signed.
     *
     * @return true when the signature is in it.
     */
    public boolean needsSignature()
    {
        return null != value && value.needsSignature() || null != parts && parts.stream()
            .anyMatch((part) -> part instanceof final Part.Value partValue && partValue.value().needsSignature());
    }
}
