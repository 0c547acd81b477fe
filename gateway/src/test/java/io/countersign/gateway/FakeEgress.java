package io.countersign.gateway;

import io.aeron.Publication;
import io.countersign.gateway.transport.Egress;
import org.agrona.DirectBuffer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps the replies to one bot, and can be told to take none.
 */
final class FakeEgress implements Egress
{
    private final List<Reply> replies = new ArrayList<>();
    private final Consumer<Reply> onReply;
    private long result = 1;
    private int offers;

    FakeEgress(final Consumer<Reply> onReply)
    {
        this.onReply = onReply;
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length)
    {
        offers++;
        if (result > 0)
        {
            final Reply reply = Reply.of(buffer, offset, length);
            replies.add(reply);
            onReply.accept(reply);
        }
        return result;
    }

    @Override
    public void close()
    {
        result = Publication.CLOSED;
    }

    /** A positive value takes replies; a negative one is what every try is answered. */
    void answers(final long result)
    {
        this.result = result;
    }

    int offers()
    {
        return offers;
    }

    List<Reply> replies()
    {
        return replies;
    }

    Reply last()
    {
        return replies.isEmpty() ? null : replies.get(replies.size() - 1);
    }

    /** Takes what has come out of the list. */
    List<Reply> drain()
    {
        final List<Reply> drained = List.copyOf(replies);
        replies.clear();
        return drained;
    }
}
