package io.countersign.client;

import java.util.List;

/**
 * What the gateway answered to an operator's command that it has carried out.
 *
 * @param lines          for people, in the gateway's order.
 * @param recordSequence of the command's record in the audit journal, or {@link CountersignClient#NULL_VALUE} where it
 *                       changed nothing.
 */
public record CommandAnswer(List<String> lines, long recordSequence)
{
}
