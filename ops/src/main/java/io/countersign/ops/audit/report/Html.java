package io.countersign.ops.audit.report;

import io.countersign.ops.audit.EscapedText;

/**
 * Texts in a page.
 */
final class Html
{
    private Html()
    {
    }

    /** Whatever somebody wrote, as text that neither makes markup nor turns text round. */
    static String escaped(final String text)
    {
        return EscapedText.of(text).replace("\\\\", "\\")
            .replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            .replace("\"", "&quot;").replace("'", "&#39;");
    }
}
