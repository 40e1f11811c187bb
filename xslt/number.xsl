<?xml version="1.0" encoding="UTF-8"?>
<!--
  TEI to TEI: gives every note its number and its kind, every paragraph and page its id, once and for all
  outputs. Adds attributes in the namespace urn:teipress:made and changes nothing else; core.xsl lists them.
-->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:teipress:functions"
  xmlns:made="urn:teipress:made"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <xsl:key name="by-page" match="pb" use="f:page-base(.)"/>

  <!-- Foot notes are counted from 1 in each side of the entry. -->
  <xsl:accumulator name="notes" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="div[@type = 'entry'] | text[not(ancestor::text)]" select="0"/>
    <xsl:accumulator-rule match="note[f:note-kind(.) = 'foot']" select="$value + 1"/>
  </xsl:accumulator>

  <!-- All other things that get an id are counted together, in each side. -->
  <xsl:accumulator name="blocks" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="div[@type = 'entry'] | text[not(ancestor::text)]" select="0"/>
    <xsl:accumulator-rule match="p | ab | lg[not(parent::lg)] | sp" select="$value + 1"/>
  </xsl:accumulator>

  <!-- An id that the document does not have yet. -->
  <xsl:function name="f:free-id" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="wished" as="xs:string"/>
    <xsl:sequence select="if (exists(key('by-id', $wished, root($element)))) then f:free-id($element, $wished || '.') else $wished"/>
  </xsl:function>

  <!-- The id of a side: its own, else `text`, or `side` with its place among the sides. -->
  <xsl:function name="f:side-id" as="xs:string">
    <xsl:param name="side" as="element()"/>
    <xsl:sequence select="($side/@xml:id,
        if ($side/self::div) then f:free-id($side, 'side' || count($side/preceding::div[@type = 'entry']) + 1)
        else f:free-id($side, 'text'))[1]"/>
  </xsl:function>

  <!-- The id of a page, without what tells one of the same number from another. -->
  <xsl:function name="f:page-base" as="xs:string">
    <xsl:param name="pb" as="element(pb)"/>
    <xsl:sequence select="(if (f:page-sequence($pb) = 'notes') then 'notes-p' else 'p')
                          || replace(normalize-space($pb/@n), '[^\p{L}\p{N}.\-]+', '_')"/>
  </xsl:function>

  <!-- Whether a page is one of the text or one of the notes at the end of the book. -->
  <xsl:function name="f:page-sequence" as="xs:string">
    <xsl:param name="pb" as="element(pb)"/>
    <xsl:sequence select="if (ends-with($pb/@edRef, 'notes') or $pb/ancestor::note[not(@type = 'commentary')]) then 'notes' else 'text'"/>
  </xsl:function>

  <!-- A side of the entry, or the text where there are no sides. -->
  <xsl:template match="div[@type = 'entry'] | text" mode="number" as="element()">
    <xsl:copy>
      <xsl:attribute name="made:id" select="f:side-id(.)"/>
      <xsl:apply-templates select="@*, node()" mode="number"/>
    </xsl:copy>
  </xsl:template>

  <!-- A note: what kind it is, and an id. -->
  <xsl:template match="note" mode="number" as="element()">
    <xsl:copy>
      <xsl:attribute name="made:kind" select="f:note-kind(.)"/>
      <xsl:attribute name="made:id" select="(@xml:id, f:free-id(., f:side-id(f:side(.)) || '.x' || count(preceding::note | ancestor::note) + 1))[1]"/>
      <xsl:apply-templates select="@*, node()" mode="number"/>
    </xsl:copy>
  </xsl:template>

  <!-- A foot note: its number in its side, and an id made of it. -->
  <xsl:template match="note[f:note-kind(.) = 'foot']" mode="number" as="element()" priority="1">
    <xsl:variable name="n" as="xs:integer" select="accumulator-before('notes')"/>
    <xsl:copy>
      <xsl:attribute name="made:kind" select="'foot'"/>
      <xsl:attribute name="made:n" select="$n"/>
      <xsl:attribute name="made:id" select="(@xml:id, f:free-id(., f:side-id(f:side(.)) || '.n' || $n))[1]"/>
      <xsl:apply-templates select="@*, node()" mode="number"/>
    </xsl:copy>
  </xsl:template>

  <!-- A paragraph, a speech, verses: the id that the file gives, else one made of the side and the count. -->
  <xsl:template match="p | ab | lg[not(parent::lg)] | sp" mode="number" as="element()">
    <xsl:copy>
      <xsl:attribute name="made:id" select="(@xml:id, f:free-id(., f:side-id(f:side(.)) || '.p' || accumulator-before('blocks')))[1]"/>
      <xsl:apply-templates select="@*, node()" mode="number"/>
    </xsl:copy>
  </xsl:template>

  <!-- A page break: number, sequence and an id that no other page of the entry has. -->
  <xsl:template match="pb" mode="number" as="element()">
    <xsl:variable name="base" as="xs:string" select="f:page-base(.)"/>
    <xsl:variable name="this" as="element(pb)" select="."/>
    <xsl:variable name="met" as="xs:integer" select="count(key('by-page', $base)[. &lt;&lt; $this])"/>
    <xsl:copy>
      <xsl:attribute name="made:n" select="normalize-space(@n)"/>
      <xsl:attribute name="made:sequence" select="f:page-sequence(.)"/>
      <xsl:attribute name="made:id" select="f:free-id(., $base || (if ($met) then '-' || $met + 1 else ''))"/>
      <xsl:apply-templates select="@*, node()" mode="number"/>
    </xsl:copy>
  </xsl:template>
</xsl:stylesheet>
