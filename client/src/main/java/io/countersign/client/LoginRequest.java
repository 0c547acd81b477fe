package io.countersign.client;

import io.countersign.codecs.wire.LoginEncoder;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Asks for the signed log-on of a WebSocket or FIX session at the venue, in which the bot is on its own: the gateway
 * neither sees nor limits what it sends there. Policy grants it only where its author has acknowledged that.
 */
public final class LoginRequest extends Request<LoginRequest>
{
    private static final int SENDER_COMP_ID = KEY + 1;
    private static final int TARGET_COMP_ID = KEY + 2;

    private final LoginEncoder block = new LoginEncoder();

    LoginRequest(final RequestSender sender)
    {
        super(sender, blank(), 3, NO_DATA);
        block.wrap(frame(), BLOCK_OFFSET);
    }

    /**
     * Sequence number of the log-on in a FIX session: MsgSeqNum (34).
     *
     * @param messageSequence any number but the least int32; 1 where the session begins anew.
     * @return this.
     */
    public LoginRequest messageSequence(final int messageSequence)
    {
        block.messageSequence(messageSequence);
        return this;
    }

    /**
     * The bot's name in a FIX session: SenderCompID (49).
     *
     * @param senderCompId at most 64 bytes of UTF-8.
     * @return this.
     */
    public LoginRequest senderCompId(final CharSequence senderCompId)
    {
        return text(SENDER_COMP_ID, "senderCompId", senderCompId);
    }

    /**
     * The bot's name in a FIX session: SenderCompID (49).
     *
     * @param buffer holding UTF-8 bytes.
     * @param offset of the first byte.
     * @param length in bytes, at most 64.
     * @return this.
     */
    public LoginRequest senderCompId(final DirectBuffer buffer, final int offset, final int length)
    {
        return text(SENDER_COMP_ID, "senderCompId", buffer, offset, length);
    }

    /**
     * The venue's name in a FIX session: TargetCompID (56).
     *
     * @param targetCompId at most 64 bytes of UTF-8.
     * @return this.
     */
    public LoginRequest targetCompId(final CharSequence targetCompId)
    {
        return text(TARGET_COMP_ID, "targetCompId", targetCompId);
    }

    /**
     * The venue's name in a FIX session: TargetCompID (56).
     *
     * @param buffer holding UTF-8 bytes.
     * @param offset of the first byte.
     * @param length in bytes, at most 64.
     * @return this.
     */
    public LoginRequest targetCompId(final DirectBuffer buffer, final int offset, final int length)
    {
        return text(TARGET_COMP_ID, "targetCompId", buffer, offset, length);
    }

    private static byte[] blank()
    {
        final byte[] blank = new byte[BLOCK_OFFSET + LoginEncoder.BLOCK_LENGTH];
        new LoginEncoder().wrapAndApplyHeader(new UnsafeBuffer(blank), 0, new MessageHeaderEncoder())
            .sessionId(LoginEncoder.sessionIdNullValue())
            .ingressSequence(LoginEncoder.ingressSequenceNullValue())
            .requestId(LoginEncoder.requestIdNullValue())
            .deadlineNs(LoginEncoder.deadlineNsNullValue())
            .maxAgeMs(LoginEncoder.maxAgeMsNullValue())
            .messageSequence(LoginEncoder.messageSequenceNullValue());

        return blank;
    }
}
