package io.countersign.ops.audit;

/**
 * Notes those fields of a record that filters and columns go by. Spans are null where the record has no such field, and
 * valid until the next record; numbers are {@link #NONE}.
 */
final class RecordFacts implements FieldSink
{
    static final long NONE = Long.MIN_VALUE;

    private long sequence;
    private long utcNs;
    private String type;
    private Span principal;
    private Span operator;
    private Span key;
    private Span venue;
    private Span rule;
    private Span symbol;
    private Span clientOrderId;
    private Span originalClientOrderId;
    private Span venueOrderId;
    private Span switched;
    private String switchedSubject;
    private long orderId;
    private long requestId;
    private long sessionId;
    private long belongsTo;

    @Override
    public void begin(final long newSequence, final long newUtcNs, final String newType)
    {
        sequence = newSequence;
        utcNs = newUtcNs;
        type = newType;
        principal = null;
        operator = null;
        key = null;
        venue = null;
        rule = null;
        symbol = null;
        clientOrderId = null;
        originalClientOrderId = null;
        venueOrderId = null;
        switched = null;
        switchedSubject = null;
        orderId = NONE;
        requestId = NONE;
        sessionId = "SessionOpened".equals(newType) ? newSequence : NONE;
        belongsTo = NONE;
    }

    @Override
    public void principal(final Span name)
    {
        principal = name;
    }

    @Override
    public void key(final Span alias)
    {
        key = alias;
    }

    @Override
    public void number(final String name, final String prefix, final long value)
    {
        switch (name)
        {
            case "orderId" -> orderId = value;
            case "requestId" -> requestId = value;
            case "sessionId" -> sessionId = value;
            case "intentSequence", "recordSequence" -> belongsTo = value;
            default ->
            {
            }
        }
    }

    @Override
    public void text(final String name, final String prefix, final Span value)
    {
        switch (name)
        {
            case "operatorName" -> operator = value;
            case "key" -> key = null == key ? value : key;
            case "venue" -> venue = value;
            case "rule" -> rule = value;
            case "symbol" -> symbol = value;
            case "clientOrderId" -> clientOrderId = value;
            case "originalClientOrderId" -> originalClientOrderId = value;
            case "venueOrderId" -> venueOrderId = value;
            case "name" -> onSwitched(value);
            default ->
            {
            }
        }
    }

    @Override
    public void symbol(final String name, final String prefix, final String value)
    {
        if ("subject".equals(name))
        {
            switchedSubject = value;
        }
    }

    @Override
    public void hexNumber(final String name, final String prefix, final long value)
    {
    }

    @Override
    public void decimal(final String name, final String prefix, final long mantissa, final int exponent)
    {
    }

    @Override
    public void hex(final String name, final String prefix, final Span value)
    {
    }

    @Override
    public void payload(final String name, final Span value)
    {
    }

    @Override
    public void nest(final String name)
    {
    }

    @Override
    public void unnest()
    {
    }

    long sequence()
    {
        return sequence;
    }

    long utcNs()
    {
        return utcNs;
    }

    String type()
    {
        return type;
    }

    /** Sequence of the record that this one tells more of. */
    long belongsTo()
    {
        return belongsTo;
    }

    long sessionId()
    {
        return sessionId;
    }

    Span key()
    {
        return key;
    }

    /** That the record itself names. */
    Span venue()
    {
        return venue;
    }

    boolean isOfPrincipal(final byte[] name)
    {
        return is(principal, name) || is(operator, name) ||
            "PRINCIPAL".equals(switchedSubject) && is(switched, name);
    }

    boolean isOfKey(final byte[] alias)
    {
        return is(key, alias);
    }

    boolean isOfRule(final byte[] name)
    {
        return is(rule, name);
    }

    boolean isOfSymbol(final byte[] name)
    {
        return is(symbol, name);
    }

    /** Whether an order or a request has this id: one that is a number, too. */
    boolean isOfOrder(final byte[] id, final long number)
    {
        return is(clientOrderId, id) || is(originalClientOrderId, id) || is(venueOrderId, id) ||
            NONE != number && (number == orderId || number == requestId);
    }

    private void onSwitched(final Span value)
    {
        switched = value;
        if ("VENUE".equals(switchedSubject))
        {
            venue = value;
        }
        else if ("KEY".equals(switchedSubject))
        {
            key = value;
        }
    }

    private static boolean is(final Span span, final byte[] bytes)
    {
        return null != span && span.is(bytes);
    }
}
