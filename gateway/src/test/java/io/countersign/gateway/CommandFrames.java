package io.countersign.gateway;

import io.countersign.codecs.wire.AskSwitchesEncoder;
import io.countersign.codecs.wire.EnableExecutionEncoder;
import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.ReloadPolicyEncoder;
import io.countersign.codecs.wire.SetSwitchEncoder;
import io.countersign.codecs.wire.SwitchReach;
import io.countersign.codecs.wire.SwitchSubject;
import org.agrona.concurrent.UnsafeBuffer;

/** Operators' commands as frames, with the tag of bots without a handshake. */
final class CommandFrames
{
    private CommandFrames()
    {
    }

    static byte[] setSwitch(
        final long sessionId,
        final SwitchSubject subject,
        final SwitchReach reach,
        final boolean isOn,
        final String name)
    {
        return setSwitch(sessionId, Long.MAX_VALUE, subject, reach, isOn, name);
    }

    static byte[] setSwitch(
        final long sessionId,
        final long deadlineNs,
        final SwitchSubject subject,
        final SwitchReach reach,
        final boolean isOn,
        final String name)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        final long sequence = WireFrames.nextSequence();
        final SetSwitchEncoder encoder = new SetSwitchEncoder()
            .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sessionId(sessionId).ingressSequence(sequence).deadlineNs(deadlineNs).requestId(sequence)
            .subject(subject).reach(reach).isOn(isOn ? Flag.TRUE : Flag.FALSE).name(name).comment("because");
        return tagged(buffer, encoder.limit());
    }

    static byte[] reload(final long sessionId, final boolean isTrial)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        final long sequence = WireFrames.nextSequence();
        final ReloadPolicyEncoder encoder = new ReloadPolicyEncoder()
            .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sessionId(sessionId).ingressSequence(sequence).deadlineNs(Long.MAX_VALUE).requestId(sequence)
            .isTrial(isTrial ? Flag.TRUE : Flag.FALSE).comment("because");
        return tagged(buffer, encoder.limit());
    }

    static byte[] enableExecution(final long sessionId, final String principal, final String rule)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        final long sequence = WireFrames.nextSequence();
        final EnableExecutionEncoder encoder = new EnableExecutionEncoder()
            .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sessionId(sessionId).ingressSequence(sequence).deadlineNs(Long.MAX_VALUE).requestId(sequence)
            .principal(principal).rule(rule).comment("because");
        return tagged(buffer, encoder.limit());
    }

    static byte[] askSwitches(final long sessionId)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        final long sequence = WireFrames.nextSequence();
        final AskSwitchesEncoder encoder = new AskSwitchesEncoder()
            .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sessionId(sessionId).ingressSequence(sequence).deadlineNs(Long.MAX_VALUE).requestId(sequence);
        return tagged(buffer, encoder.limit());
    }

    private static byte[] tagged(final UnsafeBuffer buffer, final int length)
    {
        final byte[] frame = new byte[length];
        buffer.getBytes(0, frame);
        return WireFrames.tagged(frame);
    }
}
