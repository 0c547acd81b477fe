package io.countersign.venues.profile;

import io.countersign.venues.VenueRequest;
import io.countersign.venues.text.PercentEncoding;
import io.countersign.venues.text.TextWriter;
import java.nio.charset.StandardCharsets;

/**
 * Writes the signature into a request, and what stands behind it. Immutable; free of allocation.
 */
final class FinishProgram
{
    private static final byte[] CHECK_SUM = "10=".getBytes(StandardCharsets.US_ASCII);
    private static final byte SOH = 1;

    private final int[] code;
    private final byte[][] constants;

    FinishProgram(final int[] code, final byte[][] constants)
    {
        this.code = code;
        this.constants = constants;
    }

    void run(final VenueRequest request)
    {
        final TextWriter signature = request.signature();
        TextWriter out = request.scratch().reset();
        for (int at = 0;; at += Opcode.STRIDE)
        {
            final int a = code[at + 1];
            switch (code[at])
            {
                case Opcode.OUT -> out = Program.writer(request, a);
                case Opcode.PIECE -> request.putPiece(a, out);
                case Opcode.SIGNATURE -> signature(out, signature, a == 1);
                case Opcode.SIGNATURE_LENGTH -> out.putLong(signature.length());
                case Opcode.FIX_FRAME -> frame(request.body(), request.scratch(), constants[a]);
                default ->
                {
                    return;
                }
            }
        }
    }

    private static void signature(final TextWriter out, final TextWriter signature, final boolean isPercent)
    {
        if (isPercent)
        {
            PercentEncoding.append(out, signature.buffer(), signature.offset(), signature.length());
        }
        else
        {
            out.put(signature);
        }
    }

    /** BodyLength counts the fields between it and CheckSum; CheckSum is the sum of every byte before it. */
    private static void frame(final TextWriter out, final TextWriter fields, final byte[] begin)
    {
        out.put(begin).putLong(fields.length()).put(SOH).put(fields);
        int sum = 0;
        for (int i = 0; i < out.length(); i++)
        {
            sum += out.buffer().getByte(i) & 0xFF;
        }
        sum &= 0xFF;
        out.put(CHECK_SUM)
            .put((byte) ('0' + sum / 100))
            .put((byte) ('0' + sum / 10 % 10))
            .put((byte) ('0' + sum % 10))
            .put(SOH);
    }
}
