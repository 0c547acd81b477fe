package io.countersign.venues.profile;

import io.countersign.codecs.wire.Reason;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;
import io.countersign.venues.Stamp;
import io.countersign.venues.VenueKey;
import io.countersign.venues.VenueRequest;
import io.countersign.venues.text.Base64Text;
import io.countersign.venues.text.EcdsaDer;
import io.countersign.venues.text.HexText;
import io.countersign.venues.text.TextWriter;
import org.agrona.DirectBuffer;

/**
 * A venue whose requests are written as its profile says. {@link ProfileCompiler} makes it.
 */
public final class ProfileVenue extends ProfileDescribed
{
    private static final long FIRST_STAMP_NS = 1_000_000;

    private final OperationPlan[] plans;

    ProfileVenue(final Profile profile, final OperationPlan[] plans)
    {
        super(profile);
        this.plans = plans;
    }

    @Override
    public int maxReceiveWindowMs(final Operation operation)
    {
        final OperationPlan plan = plans[operation.code()];
        return plan == null ? 0 : plan.rules().maxReceiveWindowMs();
    }

    @Override
    public int build(final Order order, final VenueKey key, final Stamp stamp, final VenueRequest request)
    {
        request.reset();
        final Operation operation = order.operation();
        final OperationPlan plan = operation == null ? null : plans[operation.code()];
        if (plan == null)
        {
            return Reason.OPERATION_NOT_SUPPORTED.value();
        }
        if (stamp.utcNs() < FIRST_STAMP_NS)
        {
            return request.refuse(Reason.FIELD_INVALID.value(), FieldSource.TIMESTAMP.ordinal());
        }
        return plan.build(order, key, stamp, request);
    }

    @Override
    public int finish(
        final VenueRequest request,
        final VenueKey key,
        final DirectBuffer signature,
        final int offset,
        final int length)
    {
        if (!request.isBuilt() || offset < 0 || length <= 0 || length > signature.capacity() - offset)
        {
            return request.refuse(Reason.FIELD_INVALID.value(), FieldSource.SIGNATURE.ordinal());
        }
        final TextWriter text = request.signature();
        switch (key.encoding())
        {
            case HEX -> HexText.append(text, signature, offset, length);
            case BASE64 -> Base64Text.append(text, signature, offset, length);
            case BASE64URL -> Base64Text.appendUrl(text, signature, offset, length);
            case DER ->
            {
                final TextWriter der = request.scratch().reset();
                EcdsaDer.append(der, signature, offset, length);
                Base64Text.append(text, der.buffer(), der.offset(), der.length());
            }
            default -> text.put(signature, offset, length);
        }
        plans[request.plan()].finish().run(request);
        return request.finished();
    }
}
