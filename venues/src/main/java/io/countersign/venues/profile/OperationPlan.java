package io.countersign.venues.profile;

import io.countersign.codecs.wire.Reason;
import io.countersign.venues.Order;
import io.countersign.venues.Stamp;
import io.countersign.venues.VenueKey;
import io.countersign.venues.VenueRequest;
import io.countersign.venues.text.TextWriter;

/**
 * An operation as it was compiled.
 *
 * @param code    of the operation.
 * @param method  code of the method on the wire.
 * @param rules   which fields an order must and may have.
 * @param program up to the signature.
 * @param finish  from the signature on.
 * @param signed  number of the writer that holds what is signed when the program ends.
 */
record OperationPlan(int code, short method, OrderRules rules, Program program, FinishProgram finish, int signed)
{
    private static final int NONE = Reason.NONE.value();

    int build(final Order order, final VenueKey key, final Stamp stamp, final VenueRequest request)
    {
        final int present = OrderFields.present(order);
        int reason = rules.check(order, present, request);
        if (reason == NONE)
        {
            reason = program.run(order, present, OrderTypes.bit(order.orderType()), key, stamp, request);
        }
        if (reason != NONE)
        {
            return reason;
        }
        request.plan(code);
        final TextWriter payload = Program.writer(request, signed);
        return request.built(method, payload, payload.length());
    }
}
