package io.countersign.client;

import org.agrona.DirectBuffer;

/**
 * A request about an instrument.
 *
 * @param <T> the kind of request.
 */
public abstract sealed class SymbolRequest<T extends SymbolRequest<T>> extends Request<T>
    permits NewOrderRequest, CancelOrderRequest, CancelAllRequest, QueryOrderRequest, QueryOrdersRequest
{
    static final int SYMBOL = KEY + 1;

    SymbolRequest(final RequestSender sender, final byte[] blank, final int textCount)
    {
        super(sender, blank, textCount, NO_DATA);
    }

    /**
     * Symbol as the venue writes it.
     *
     * @param symbol at most 64 bytes of UTF-8.
     * @return this.
     */
    public final T symbol(final CharSequence symbol)
    {
        return text(SYMBOL, "symbol", symbol);
    }

    /**
     * Symbol as the venue writes it.
     *
     * @param buffer holding UTF-8 bytes.
     * @param offset of the first byte.
     * @param length in bytes, at most 64.
     * @return this.
     */
    public final T symbol(final DirectBuffer buffer, final int offset, final int length)
    {
        return text(SYMBOL, "symbol", buffer, offset, length);
    }
}
