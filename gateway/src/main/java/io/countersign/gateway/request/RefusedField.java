package io.countersign.gateway.request;

import io.countersign.codecs.wire.Field;
import io.countersign.codecs.wire.Reason;
import io.countersign.venues.VenueRequest;
import io.countersign.venues.profile.FieldSource;

/**
 * Which field of a request a venue lacks or cannot take.
 */
public final class RefusedField
{
    private RefusedField()
    {
    }

    /**
     * The field that a request is refused for.
     *
     * @param request whose venue request was built, or tried to be, when the reason is one of a field.
     * @param reason  a value of the wire's {@link Reason}.
     * @return the field, {@link Field#NULL_VAL} for a reason that is not one of a field.
     */
    public static Field of(final PendingRequest request, final int reason)
    {
        final boolean isOfField = Reason.FIELD_MISSING.value() == reason || Reason.FIELD_INVALID.value() == reason ||
            Reason.REQUEST_TOO_LONG.value() == reason;
        final int ordinal = isOfField ? request.venueRequest().faultField() : VenueRequest.NO_FIELD;
        return VenueRequest.NO_FIELD == ordinal ? Field.NULL_VAL : FieldSource.of(ordinal).field();
    }
}
