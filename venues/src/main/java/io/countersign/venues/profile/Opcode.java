package io.countersign.venues.profile;

/**
 * What a {@link Program} can do. Every instruction is {@link #STRIDE} numbers: one of these and its operands A, B, C.
 */
final class Opcode
{
    /** Numbers per instruction. */
    static final int STRIDE = 4;

    /** Ends the program. */
    static final int END = 0;
    /** Writes go to writer A. */
    static final int OUT = 1;
    /** Constant A. */
    static final int LITERAL = 2;
    /** The next field is the first one. */
    static final int FIRST = 3;
    /**
     * Constant A, the name of a field; without its first byte, the separator, when the field is the first one. Goes on
     * at C without it when the order has none of the fields B, unless B is 0. One instruction in place of two takes
     * some 15 of 500 ns off a typical order.
     */
    static final int FIELD = 4;
    /** Goes on at C unless the order's type is among A. */
    static final int IF_TYPE = 6;
    /** Text of source A under rule B. */
    static final int TEXT = 7;
    /** Word for the code of source A in table B. */
    static final int CODE = 8;
    /** Decimal of source A with at most B decimals and the flags C. */
    static final int DECIMAL = 9;
    /** Number of source A. */
    static final int NUMBER = 10;
    /** The time in the format with the ordinal B, C milliseconds later. */
    static final int TIME = 11;
    /** The nonce in decimal digits. */
    static final int NONCE_NUMBER = 12;
    /** The nonce as UUID. */
    static final int NONCE_UUID = 13;
    /** The bot's number of the request. */
    static final int REQUEST_ID = 14;
    /** API key under rule B. */
    static final int API_KEY = 15;
    /** Passphrase under rule B. */
    static final int PASSPHRASE = 16;
    /** Parameter C under rule B. */
    static final int PARAMETER = 17;
    /** The receive window, B when the order has none; nothing when B is 0 too. */
    static final int WINDOW = 18;
    /** What writer A holds. */
    static final int COPY = 19;
    /** The query with a question mark, nothing when it is empty. */
    static final int MARKED_QUERY = 20;
    /** Constant A unless the body is empty. */
    static final int IF_BODY = 21;
    /** Constant A begins a header line. */
    static final int HEADER = 22;
    /** Ends a header line, or takes it back when nothing stands behind its name. */
    static final int HEADER_END = 23;
    /** Writes go to the scratch, which is emptied. */
    static final int HASH = 24;
    /** Digest of A bytes over the scratch, as the {@code DigestText} B; writes go where they went before. */
    static final int HASH_END = 25;
    /** Ends a piece of the tail. */
    static final int MARK = 26;

    /** Of {@link FinishProgram}: piece A of the tail. */
    static final int PIECE = 30;
    /** Of {@link FinishProgram}: the signature, percent-encoded when A is 1. */
    static final int SIGNATURE = 31;
    /** Of {@link FinishProgram}: how many characters the signature has. */
    static final int SIGNATURE_LENGTH = 32;
    /** Of {@link FinishProgram}: frames the scratch as a FIX message that begins with constant A. */
    static final int FIX_FRAME = 33;

    /** Writers. */
    static final int PATH = 0;
    static final int QUERY = 1;
    static final int BODY = 2;
    static final int HEADERS = 3;
    static final int STRING_TO_SIGN = 4;
    static final int TAIL = 5;
    static final int SCRATCH = 6;

    /** Flags of {@link #DECIMAL}. */
    static final int STRIPS = 1;
    static final int NEGATIVE_SELL = 2;

    private Opcode()
    {
    }
}
