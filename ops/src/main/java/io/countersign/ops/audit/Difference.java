package io.countersign.ops.audit;

/**
 * A decision that comes out otherwise than it was recorded.
 *
 * @param recordedReason name of the reason in the journal, NONE when the request was allowed.
 * @param recordedRule   name of the rule in the journal, empty for none.
 * @param reason         that comes out.
 * @param rule           that comes out.
 * @param isCertain      false when records that the decision depends on are missing.
 */
record Difference(String recordedReason, String recordedRule, String reason, String rule, boolean isCertain)
{
    private static final String ALLOWED = "NONE";

    String text()
    {
        return "the journal says " + verdict(recordedReason, recordedRule) + ", taken again it is " +
            verdict(reason, rule) + (isCertain ? "" : ", but records are missing that it depends on");
    }

    private static String verdict(final String reason, final String rule)
    {
        return (ALLOWED.equals(reason) ? "allowed" : reason) +
            (rule.isEmpty() ? "" : " (rule " + EscapedText.of(rule) + ")");
    }
}
