package io.countersign.venues.profile;

import java.util.Arrays;
import java.util.List;

/**
 * Gathers from an operation's fields and parts what its orders must and may have.
 */
final class OrderRulesCompiler
{
    private final int[] required = new int[OrderRules.TYPES];
    private final int[] allowed = new int[OrderRules.TYPES];
    private final ReceiveWindow receiveWindow;
    private int typesWithWord;
    private boolean isTypeUsed;

    OrderRulesCompiler(final ReceiveWindow receiveWindow)
    {
        this.receiveWindow = receiveWindow;
    }

    OrderRules compile(final ProfileOperation operation)
    {
        operation.fields().forEach(this::field);
        parts(operation.path(), OrderTypes.ALL);
        parts(operation.sign(), OrderTypes.ALL);
        operation.headers().forEach((header) -> parts(header.parts(), OrderTypes.ALL));
        if (null != operation.message())
        {
            parts(operation.message(), OrderTypes.ALL);
        }
        return new OrderRules(
            required,
            allowed,
            isTypeUsed ? typesWithWord | absentType() : OrderTypes.ALL,
            operation.oneOf().stream().mapToInt((choice) -> bits(choice.any())).toArray(),
            operation.oneOf().stream().mapToInt(FieldChoice::forTypes).toArray(),
            operation.notBoth().stream().mapToInt(OrderRulesCompiler::bits).toArray(),
            null == receiveWindow ? 0 : receiveWindow.maxMs());
    }

    /** The bits of every field that some order may have. */
    int used()
    {
        return Arrays.stream(allowed).reduce(0, (left, right) -> left | right);
    }

    static int bits(final List<FieldSource> sources)
    {
        return sources.stream().mapToInt(FieldSource::bit).reduce(0, (left, right) -> left | right);
    }

    private int absentType()
    {
        return (required[0] & FieldSource.ORDER_TYPE.bit()) != 0 ? 0 : 1;
    }

    private void field(final ProfileField field)
    {
        if (null != field.parts())
        {
            parts(field.parts(), field.onlyFor());
        }
        if (null != field.value())
        {
            final int requiredFor = field.isRequired() ? OrderTypes.ALL : field.requiredFor();
            use(field.value(), field.onlyFor(), requiredFor & field.onlyFor());
        }
    }

    private void parts(final List<Part> parts, final int types)
    {
        for (final Part part : parts)
        {
            switch (part)
            {
                case final Part.Value value -> use(value.value(), types,
                    FieldSource.RECEIVE_WINDOW == value.value().source() ? 0 : types);
                case final Part.Hash hash -> parts(hash.of(), types);
                default ->
                {
                    // Text, pieces of the request, and fields, which are counted where they stand.
                }
            }
        }
    }

    private void use(final FieldValue value, final int types, final int requiredTypes)
    {
        if (value.source().isOfOrder())
        {
            mark(allowed, value.source().bit(), types);
            mark(required, value.source().bit(), requiredTypes);
        }
        if (value.negativeSell())
        {
            mark(allowed, FieldSource.SIDE.bit(), types);
            mark(required, FieldSource.SIDE.bit(), types);
        }
        if (FieldSource.ORDER_TYPE == value.source())
        {
            isTypeUsed = true;
            value.words().keySet().forEach((word) -> typesWithWord |= OrderTypes.ofConfigName(word));
        }
    }

    private static void mark(final int[] masks, final int bit, final int types)
    {
        for (int type = 0; type < masks.length; type++)
        {
            if ((types & 1 << type) != 0)
            {
                masks[type] |= bit;
            }
        }
    }
}
