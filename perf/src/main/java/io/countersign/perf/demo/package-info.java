/**
 * The demonstration: a token with published example keys, a gateway and two bots as processes of their own, published
 * orders and the signatures that their sources state, a latency table, and the journal read back.
 *
 * <pre>
 *   Demo --provisions--&gt; token      Demo --starts--&gt; gateway &lt;= orders, replies =&gt; bots &lt;--starts-- Demo
 *   Demo --starts--&gt; baseline       Demo --SIGTERM--&gt; gateway       Demo --audit replay--&gt; journal
 * </pre>
 *
 * Uses the same commands and the same library as anybody else; knows nothing of the gateway's inside.
 */
package io.countersign.perf.demo;
