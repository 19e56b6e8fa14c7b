/** Nodes in processes of their own on one PostgreSQL, and what happens to them and to it at random moments. */
package itests.crash;
