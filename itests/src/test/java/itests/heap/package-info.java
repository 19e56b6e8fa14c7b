/** What a heap dump tells. */
package itests.heap;
