package io.countersign.codecs;

import io.countersign.codecs.wire.AskSwitchesDecoder;
import io.countersign.codecs.wire.EnableExecutionDecoder;
import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.MessageHeaderDecoder;
import io.countersign.codecs.wire.ReloadPolicyDecoder;
import io.countersign.codecs.wire.SetSwitchDecoder;
import io.countersign.codecs.wire.SignedCommandDecoder;
import io.countersign.codecs.wire.SwitchReach;
import io.countersign.codecs.wire.SwitchSubject;
import io.countersign.codecs.wire.Text8Decoder;
import org.agrona.DirectBuffer;

/**
 * What must hold of an operator's command before anything in it may be believed: the part of {@link WireFrame} for
 * templates 20 to 29. Nothing here allocates or throws; no state, so any thread may call.
 */
public final class CommandFrame
{
    private static final int MAX_COMMENT_LENGTH = Text8Decoder.lengthMaxValue();

    private CommandFrame()
    {
    }

    /**
     * Whether a template is one of an operator's commands.
     *
     * @param templateId of a frame.
     * @return true for a command that this version knows.
     */
    public static boolean isCommand(final int templateId)
    {
        return SetSwitchDecoder.TEMPLATE_ID == templateId ||
            ReloadPolicyDecoder.TEMPLATE_ID == templateId ||
            EnableExecutionDecoder.TEMPLATE_ID == templateId ||
            AskSwitchesDecoder.TEMPLATE_ID == templateId ||
            SignedCommandDecoder.TEMPLATE_ID == templateId;
    }

    /** A value of Reason; the schema has been checked, length and end leave the tag out. */
    static int check(final DirectBuffer frame, final int offset, final int length, final int end)
    {
        return switch (FrameFault.templateId(frame, offset))
        {
            case SetSwitchDecoder.TEMPLATE_ID -> checkSetSwitch(frame, offset, length, end);
            case ReloadPolicyDecoder.TEMPLATE_ID -> checkReloadPolicy(frame, offset, length, end);
            case EnableExecutionDecoder.TEMPLATE_ID -> checkEnableExecution(frame, offset, length, end);
            case AskSwitchesDecoder.TEMPLATE_ID ->
                FrameFault.checkFixed(frame, offset, length, end, AskSwitchesDecoder.BLOCK_LENGTH);
            case SignedCommandDecoder.TEMPLATE_ID -> checkSignedCommand(frame, offset, length, end);
            default -> FrameFault.UNKNOWN_TEMPLATE;
        };
    }

    private static int checkSetSwitch(final DirectBuffer frame, final int offset, final int length, final int end)
    {
        int fault = FrameFault.checkBlock(frame, offset, length, SetSwitchDecoder.BLOCK_LENGTH);
        if (FrameFault.NONE != fault)
        {
            return fault;
        }
        final int block = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        int position = block + SetSwitchDecoder.BLOCK_LENGTH;
        position = FrameFault.behindText8(frame, position, end, WireFrame.MAX_NAME_LENGTH);
        position = FrameFault.behindText8(frame, position, end, MAX_COMMENT_LENGTH);
        fault = FrameFault.checkEnd(position, end);
        if (FrameFault.NONE != fault)
        {
            return fault;
        }
        final SwitchSubject subject = SwitchSubject.get(
            FrameFault.unsignedByte(frame, block + SetSwitchDecoder.subjectEncodingOffset()));
        final SwitchReach reach = SwitchReach.get(
            FrameFault.unsignedByte(frame, block + SetSwitchDecoder.reachEncodingOffset()));
        return SwitchSubject.SBE_UNKNOWN != subject && SwitchSubject.NULL_VAL != subject &&
            SwitchReach.SBE_UNKNOWN != reach && SwitchReach.NULL_VAL != reach &&
            isFlag(frame, block + SetSwitchDecoder.isOnEncodingOffset()) ?
            FrameFault.NONE : FrameFault.UNKNOWN_ENUM_VALUE;
    }

    private static int checkReloadPolicy(final DirectBuffer frame, final int offset, final int length, final int end)
    {
        int fault = FrameFault.checkBlock(frame, offset, length, ReloadPolicyDecoder.BLOCK_LENGTH);
        if (FrameFault.NONE != fault)
        {
            return fault;
        }
        final int block = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        fault = FrameFault.checkEnd(
            FrameFault.behindText8(frame, block + ReloadPolicyDecoder.BLOCK_LENGTH, end, MAX_COMMENT_LENGTH), end);
        if (FrameFault.NONE != fault)
        {
            return fault;
        }
        return isFlag(frame, block + ReloadPolicyDecoder.isTrialEncodingOffset()) ?
            FrameFault.NONE : FrameFault.UNKNOWN_ENUM_VALUE;
    }

    private static int checkEnableExecution(final DirectBuffer frame, final int offset, final int length, final int end)
    {
        final int fault = FrameFault.checkBlock(frame, offset, length, EnableExecutionDecoder.BLOCK_LENGTH);
        if (FrameFault.NONE != fault)
        {
            return fault;
        }
        int position = offset + MessageHeaderDecoder.ENCODED_LENGTH + EnableExecutionDecoder.BLOCK_LENGTH;
        position = FrameFault.behindText8(frame, position, end, WireFrame.MAX_NAME_LENGTH);
        position = FrameFault.behindText8(frame, position, end, WireFrame.MAX_NAME_LENGTH);
        position = FrameFault.behindText8(frame, position, end, MAX_COMMENT_LENGTH);
        return FrameFault.checkEnd(position, end);
    }

    private static int checkSignedCommand(final DirectBuffer frame, final int offset, final int length, final int end)
    {
        final int fault = FrameFault.checkBlock(frame, offset, length, SignedCommandDecoder.BLOCK_LENGTH);
        final int position = offset + MessageHeaderDecoder.ENCODED_LENGTH + SignedCommandDecoder.BLOCK_LENGTH;
        return FrameFault.NONE != fault ? fault : FrameFault.checkEnd(
            FrameFault.behindText16(frame, position, end, CommandText.MAX_LENGTH), end);
    }

    private static boolean isFlag(final DirectBuffer frame, final int position)
    {
        final Flag flag = Flag.get(FrameFault.unsignedByte(frame, position));
        return Flag.SBE_UNKNOWN != flag && Flag.NULL_VAL != flag;
    }
}
